using System.Buffers.Binary;
using System.Net.Sockets;

#pragma warning disable CA1050 // The runtime looks for this type outside of every namespace.

/// <summary>
/// Loaded into a measured server by DOTNET_STARTUP_HOOKS. It answers each byte with the resources that the process has used so far.
/// So they are measured inside the process, without a route for them.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable with the socket to listen on.</summary>
    public const string SocketVariable = "CHATBOTKIT_BENCH_SOCKET";

    /// <summary>The size of an answer: allocated bytes and microseconds of processor time, 8 bytes each.</summary>
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
