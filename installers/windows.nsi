; Set-up for Windows, for one user, without an administrator's rights. Takes what PyInstaller made (dist\outreach):
;   makensis -DVERSION=1.2.0 -DFOLDER=..\dist\outreach -DOUTPUT=..\dist\outreach-setup.exe installers\windows.nsi
; The campaigns of the user lie elsewhere: removing the program leaves them alone.
Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma

!include MUI2.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\outreach"

Name "outreach"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\outreach"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "outreach ${VERSION}"

!define MUI_FINISHPAGE_RUN "$INSTDIR\outreach-app.exe"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "Greek"
!insertmacro MUI_LANGUAGE "Latvian"
!insertmacro MUI_LANGUAGE "Armenian"

Section
  RMDir /r "$INSTDIR\_internal" ; of an older version
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\outreach.lnk" "$INSTDIR\outreach-app.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "outreach"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\outreach.lnk"
  Delete "$INSTDIR\outreach.exe"
  Delete "$INSTDIR\outreach-app.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir /r "$INSTDIR\_internal"
  RMDir "$INSTDIR" ; only if it is empty: somebody may have put files of his own there
  DeleteRegKey HKCU "${KEY}"
SectionEnd
