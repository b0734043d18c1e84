; The setup for a single computer or a tool that takes no MSI: silent with /S, per machine, 64 bit.
; Made by tools/windows/setup.py, which defines VERSION, FOLDER, ICON and OUT.

; The 32-bit stub "succeeds" under a 64-bit Wine alone, and does nothing.
Target amd64-unicode
Unicode true
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "x64.nsh"

!define ARP "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tracker"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define KEPT "Software\Tracker\Installer"
!define RECOMMENDED "Software\Policies\Tracker\Recommended"
!define SCHEME "Software\Classes\tracker"

Name "Tracker"
OutFile "${OUT}"
Icon "${ICON}"
UninstallIcon "${ICON}"
InstallDir "$PROGRAMFILES64\Tracker"
RequestExecutionLevel admin
!ifdef QUICK
SetCompressor zlib
!else
SetCompressor /SOLID lzma
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Tracker"
VIAddVersionKey CompanyName "Tracker"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Tracker setup"
VIAddVersionKey LegalCopyright ""

Var ServerUrl
Var DeskKind
Var Autostart
Var DesktopShortcut

; What is given now, else what was kept by the last setup, else the usual.
; GetOptions ends a value at the next " /": an address must stand in quotes, /SERVER_URL="https://...".
!macro Settle VARIABLE OPTION KEPT_NAME USUAL
  ClearErrors
  ${GetOptions} $R0 "/${OPTION}=" ${VARIABLE}
  ${If} ${Errors}
    ClearErrors
    ReadRegStr ${VARIABLE} HKLM "${KEPT}" "${KEPT_NAME}"
    ${If} ${VARIABLE} == ""
      StrCpy ${VARIABLE} "${USUAL}"
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    SetErrorLevel 2
    Abort
  ${EndIf}
  SetRegView 64
  SetShellVarContext all
  ; One place for everybody: another one (/D=) would be emptied when Tracker is removed.
  StrCpy $INSTDIR "$PROGRAMFILES64\Tracker"
  ; The MSI package looks after its own installation.
  ReadRegStr $R1 HKLM "Software\Tracker" "cMenu"
  ${If} $R1 != ""
    SetErrorLevel 4
    Abort
  ${EndIf}
  ${GetParameters} $R0
  !insertmacro Settle $ServerUrl "SERVER_URL" "ServerUrl" ""
  !insertmacro Settle $DeskKind "DESK_KIND" "DeskKind" ""
  !insertmacro Settle $Autostart "AUTOSTART" "Autostart" "1"
  !insertmacro Settle $DesktopShortcut "DESKTOP_SHORTCUT" "DesktopShortcut" "0"
  ; An address that lost its end to the next "/" is refused, not stored.
  ${If} $ServerUrl != ""
    StrCpy $R1 $ServerUrl 8
    StrCpy $R2 $ServerUrl 7
    ${If} $R1 != "https://"
    ${AndIf} $R2 != "http://"
      SetErrorLevel 3
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  ; An upgrade takes the old files away first, so that none stays behind.
  ReadRegStr $R0 HKLM "${ARP}" "UninstallString"
  ${If} $R0 != ""
  ${AndIf} ${FileExists} "$INSTDIR\uninstall.exe"
    ExecWait '"$INSTDIR\uninstall.exe" /S /KEEP=1 _?=$INSTDIR'
  ${EndIf}
  SetOutPath $INSTDIR
  File /r "${FOLDER}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Tracker.lnk" "$INSTDIR\tracker.exe" "" "$INSTDIR\tracker.exe" 0 SW_SHOWNORMAL "" "Help from IT"
  ${If} $DesktopShortcut == 1
    CreateShortcut "$DESKTOP\Tracker.lnk" "$INSTDIR\tracker.exe" "" "$INSTDIR\tracker.exe" 0 SW_SHOWNORMAL "" "Help from IT"
  ${EndIf}
  ; Starts nothing where neither the person nor IT's policy wants it.
  WriteRegStr HKLM "${RUN}" "it-tracker" '"$INSTDIR\tracker.exe" --autostart'
  ${If} $Autostart == 1
    WriteRegDWORD HKLM "${RECOMMENDED}" "start.autostart" 1
  ${EndIf}
  ${If} $ServerUrl != ""
    WriteRegStr HKLM "${RECOMMENDED}" "desk.url" "$ServerUrl"
  ${EndIf}
  ${If} $DeskKind != ""
    WriteRegStr HKLM "${RECOMMENDED}" "desk.kind" "$DeskKind"
  ${EndIf}
  WriteRegStr HKLM "${KEPT}" "ServerUrl" "$ServerUrl"
  WriteRegStr HKLM "${KEPT}" "DeskKind" "$DeskKind"
  WriteRegStr HKLM "${KEPT}" "Autostart" "$Autostart"
  WriteRegStr HKLM "${KEPT}" "DesktopShortcut" "$DesktopShortcut"

  WriteRegStr HKLM "${SCHEME}" "" "URL:Tracker"
  WriteRegStr HKLM "${SCHEME}" "URL Protocol" ""
  WriteRegStr HKLM "${SCHEME}\DefaultIcon" "" "$INSTDIR\tracker.exe,0"
  WriteRegStr HKLM "${SCHEME}\shell\open\command" "" '"$INSTDIR\tracker.exe" "%1"'
  WriteRegStr HKLM "Software\Classes\AppUserModelId\Tracker" "DisplayName" "Tracker"
  WriteRegStr HKLM "Software\Microsoft\Windows\CurrentVersion\App Paths\tracker.exe" "" "$INSTDIR\tracker.exe"

  WriteRegStr HKLM "${ARP}" "DisplayName" "Tracker"
  WriteRegStr HKLM "${ARP}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${ARP}" "DisplayIcon" "$INSTDIR\tracker.exe,0"
  WriteRegStr HKLM "${ARP}" "Publisher" "Tracker"
  WriteRegStr HKLM "${ARP}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${ARP}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${ARP}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${ARP}" "NoModify" 1
  WriteRegDWORD HKLM "${ARP}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${ARP}" "EstimatedSize" $0
SectionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
FunctionEnd

Section Uninstall
  Delete "$SMPROGRAMS\Tracker.lnk"
  Delete "$DESKTOP\Tracker.lnk"
  DeleteRegValue HKLM "${RUN}" "it-tracker"
  DeleteRegValue HKLM "${RECOMMENDED}" "desk.url"
  DeleteRegValue HKLM "${RECOMMENDED}" "desk.kind"
  DeleteRegValue HKLM "${RECOMMENDED}" "start.autostart"
  DeleteRegKey /ifempty HKLM "${RECOMMENDED}"
  DeleteRegKey /ifempty HKLM "Software\Policies\Tracker"
  DeleteRegKey HKLM "${SCHEME}"
  DeleteRegKey HKLM "Software\Classes\AppUserModelId\Tracker"
  DeleteRegKey HKLM "Software\Microsoft\Windows\CurrentVersion\App Paths\tracker.exe"
  DeleteRegKey HKLM "${ARP}"
  ${un.GetParameters} $R0
  ClearErrors
  ${un.GetOptions} $R0 "/KEEP=" $R1
  ${If} ${Errors}
    DeleteRegKey HKLM "Software\Tracker"
  ${EndIf}
  ClearErrors
  ${un.GetOptions} $R0 "/PURGE=" $R1
  ${IfNot} ${Errors}
    StrCpy $R2 $WINDIR 2
    nsExec::Exec '"$SYSDIR\cmd.exe" /c for /d %u in ($R2\Users\*) do rmdir /s /q "%u\AppData\Local\it-tracker"'
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\tracker.exe"
    RMDir /r "$INSTDIR"
  ${EndIf}
SectionEnd
