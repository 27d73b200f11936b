Attribute VB_Name = "FinsamSkal"
' Everything that leaves Excel or speaks to the person at it: Python, the status bar, messages.
' The tests put a recorder in the place of this module. LibreOffice reads past #If and compiles
' both ways.
Option Explicit
Option Private Module

#If Mac Then
Private Const FINSAM_SKRIPT As String = "xlwings-0.37.8.applescript"
#End If

' Runs Python for the button called namn, which may be followed by what has been said for it,
' waits for it and gives its exit code, or the number of what stopped it, and what it said. A Sub, as is all that touches files here: no cell can call it. On a Mac nothing
' is waited for: Python needs an Excel that listens, and speaks itself when it is done.
Public Sub FinsamKorPython(ByVal namn As String, ByVal bok As String, _
                           ByRef utfall As Long, ByRef sagt As String)
    Dim svarsfil As String
    On Error GoTo Stopp
    NySvarsfil svarsfil
    If svarsfil = "" Then
        utfall = FINSAM_UTAN_MAPP
        Exit Sub
    End If
#If Mac Then
    AppleScriptTask FINSAM_SKRIPT, "VbaHandler", FinsamMacAnrop(FinsamPythonProgram(), namn, bok, _
        Application.Path, FinsamSokvag(FinsamHem(), "fel.txt"))
    utfall = FINSAM_SVARAR_SJALV
#Else
    Dim rad As String
    rad = FinsamKommando(FinsamPythonProgram(), namn, bok, Application.Hwnd, svarsfil)
    utfall = CreateObject("WScript.Shell").Run(rad, 0, True)
#End If
    GoTo Svar
Stopp:
    utfall = Err.Number
#If Mac Then
    utfall = FINSAM_UTAN_SKRIPT
#End If
    Resume Svar
Svar:
    On Error Resume Next
    FinsamLas svarsfil, sagt
    Kill svarsfil
End Sub

' The command line: no folder of the workbook's is ever searched for Python code (-P).
Public Function FinsamKommando(ByVal program As String, ByVal namn As String, _
                               ByVal bok As String, ByVal fonster As Variant, _
                               ByVal svarsfil As String) As String
    Dim q As String
    q = Chr(34)
    FinsamKommando = q & program & q & " -P -m finsam_excel.macros " & namn & _
        " --wb " & q & bok & q & " --hwnd " & CStr(fonster) & " --svar " & q & svarsfil & q
End Function

' A new file that Python answers in, there and empty; "" where none may be made.
Private Sub NySvarsfil(ByRef fil As String)
    Dim kanal As Integer
    On Error Resume Next
    MkDir FinsamHem()
    Err.Clear
    fil = FinsamSokvag(FinsamHem(), "svar-" & Format(Now, "yyyymmddhhnnss") & ".txt")
    kanal = FreeFile
    Open fil For Output As #kanal
    Close #kanal
    If Dir(fil) = "" Then fil = ""
End Sub

Public Sub FinsamLage(ByVal text As String)
    If text = "" Then
        Application.StatusBar = False
    Else
        Application.StatusBar = text
    End If
End Sub

Public Sub FinsamVisa(ByVal rubrik As String, ByVal text As String, ByVal fel As Boolean)
    Dim sort As Long
    sort = vbInformation
    If fel Then sort = vbExclamation
    MsgBox text, sort, "Finsam – " & rubrik
End Sub

' The file that is chosen; vald is False when none is. On a Mac Python asks for it: Excel's own
' folder is all that Excel itself is sure to open there.
Public Sub FinsamValjFil(ByVal rubrik As String, ByRef fil As String, ByRef vald As Boolean)
    Const SORTER As String = "*.se;*.si;*.sie;*.txt;*.csv;*.xlsx;*.xlsm;*.px;*.json"
    Dim svar As Variant
    fil = ""
#If Mac Then
    vald = True
#Else
    svar = Application.GetOpenFilename("Bokföring och tabeller (" & SORTER & ")," & SORTER & _
        ",Alla filer (*.*),*.*", 1, "Finsam – " & rubrik)
    vald = VarType(svar) = vbString
    If vald Then fil = svar
#End If
End Sub

' The answer to a question; svar is what is proposed, and "" when the box was left.
Public Sub FinsamFragaOm(ByVal rubrik As String, ByVal text As String, ByRef svar As String)
    svar = InputBox(text, "Finsam – " & rubrik, svar)
End Sub

' What a function gives, from the Python that serves this Excel. An error when there is none.
Public Function FinsamFraga(ByVal namn As String, ByVal argument As Variant) As Variant
    Dim server As Object
#If Mac Then
    Err.Raise 1000, "Finsam", "Funktioner i celler finns bara i Excel för Windows."
#Else
    Set server = FinsamServer()
#End If
    FinsamFraga = server.CallUDF("finsam_excel.udfs", namn, argument, Nothing, Application.Caller)
End Function
