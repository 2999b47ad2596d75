using System.Buffers.Binary;
using System.Net.Sockets;

#pragma warning disable CA1050 // The runtime looks for this type outside of every namespace.

/// <summary>
/// What DOTNET_STARTUP_HOOKS loads into a server that is measured. It answers each byte with what the process has used so
/// far, so that the numbers come from inside of it and no route has to be made for them.
/// </summary>
internal static class StartupHook
{
    /// <summary>Names the socket to listen on.</summary>
    public const string SocketVariable = "CHATBOTKIT_BENCH_SOCKET";

    /// <summary>Bytes allocated and microseconds of processor time, 8 bytes each.</summary>
    public const int AnswerLength = 16;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is not { Length: > 0 } path)
            return;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        new Thread(() => Answer(socket)) { IsBackground = true }.Start();
    }

    private static void Answer(Socket listener)
    {
        using var connection = listener.Accept();
        var question = new byte[1];
        var answer = new byte[AnswerLength];
        while (connection.Receive(question) > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(answer, GC.GetTotalAllocatedBytes(precise: true));
            BinaryPrimitives.WriteInt64LittleEndian(answer.AsSpan(8), (long)Environment.CpuUsage.TotalTime.TotalMicroseconds);
            connection.Send(answer);
        }
    }
}
