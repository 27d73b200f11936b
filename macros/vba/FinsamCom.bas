Attribute VB_Name = "FinsamCom"
' The Python that serves functions in cells on Windows: started by xlwings' library at the
' first call, the same one until Excel is closed. The library is named after its version.
Option Explicit
Option Private Module

#If Mac Then
#Else
#If Win64 Then
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-0.37.8.dll" ( _
    ByRef Result As Variant, Optional ByVal Config As String = "", _
    Optional ByVal mode As Long = 1) As Long
Private Const FINSAM_BIBLIOTEK As String = "xlwings64-0.37.8.dll"
#Else
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-0.37.8.dll" ( _
    ByRef Result As Variant, Optional ByVal Config As String = "", _
    Optional ByVal mode As Long = 1) As Long
Private Const FINSAM_BIBLIOTEK As String = "xlwings32-0.37.8.dll"
#End If
Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" ( _
    ByVal lpLibFileName As String) As LongPtr

' The server; raises an error when it cannot be started.
Public Function FinsamServer() As Object
    Dim server As Variant
    HamtaBibliotek
    If XLPyDLLActivateAuto(server, Startkommando(FinsamPythonProgram()), 1) <> 0 Then
        Err.Raise 1000, "Finsam", CStr(server)
    End If
    Set FinsamServer = server
End Function

Private Function Startkommando(ByVal program As String) As String
    Startkommando = Chr(34) & program & Chr(34) & _
        " -P -B -c ""import xlwings; xlwings.serve('$(CLSID)')"""
End Function

' Loads the library from where pip put it, or from where Windows finds it by its name.
Private Sub HamtaBibliotek()
    Dim fil As String
    FinsamHittaBibliotek FinsamPythonProgram(), FINSAM_BIBLIOTEK, fil
    If fil = "" Then fil = FINSAM_BIBLIOTEK
    If LoadLibrary(fil) <> 0 Then Exit Sub
    Err.Raise 1000, "Finsam", FINSAM_BIBLIOTEK & " hittades inte för " & FinsamPythonProgram() & _
        ". Kör där: python -m pip install ""finsam-xl[excel]"""
End Sub
#End If
