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
Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryW" ( _
    ByVal lpLibFileName As LongPtr) As LongPtr

' The Python whose library is loaded; "" before that.
Private mProgram As String

' The server; raises an error when it cannot be started.
Public Function FinsamServer() As Object
    Dim server As Variant
    If mProgram = "" Then HamtaBibliotek
    If XLPyDLLActivateAuto(server, Startkommando(mProgram), 1) <> 0 Then
        Dim program As String
        program = mProgram
        mProgram = ""
        Err.Raise 1000, "Finsam", FinsamServerfel(program, CStr(server))
    End If
    Set FinsamServer = server
End Function

Private Function Startkommando(ByVal program As String) As String
    Startkommando = Chr(34) & program & Chr(34) & _
        " -P -B -c ""import xlwings; xlwings.serve('$(CLSID)')"""
End Function

' Loads the library from where pip put it, or from where Windows finds it by its name.
Private Sub HamtaBibliotek()
    Dim program As String
    Dim fil As String
    Dim soks As String
    program = FinsamPythonProgram()
    FinsamHittaBibliotek program, FINSAM_BIBLIOTEK, fil
    soks = fil
    If soks = "" Then soks = FINSAM_BIBLIOTEK
    If LoadLibrary(StrPtr(soks)) = 0 Then
        Err.Raise 1000, "Finsam", _
            FinsamBiblioteksfel(program, FINSAM_BIBLIOTEK, fil, Err.LastDllError)
    End If
    mProgram = program
End Sub
#End If
