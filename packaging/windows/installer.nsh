!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\gantry" "" "URL:Gantry"
  WriteRegStr SHELL_CONTEXT "Software\Classes\gantry" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\gantry\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\gantry"
!macroend
