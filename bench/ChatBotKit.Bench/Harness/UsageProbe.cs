using System.Buffers.Binary;
using System.Net.Sockets;

namespace ChatBotKit.Bench.Harness;

/// <summary>The resources that a process has used so far.</summary>
internal readonly record struct Usage(long AllocatedBytes, TimeSpan Processor)
{
    public static Usage operator -(Usage end, Usage start) => new(end.AllocatedBytes - start.AllocatedBytes, end.Processor - start.Processor);

    /// <summary>Converts the usage to metrics per unit of work.</summary>
    public IEnumerable<Metric> Per(string unit, long count)
    {
        yield return new($"processor per {unit}", "µs", Processor.TotalMicroseconds / Math.Max(count, 1));
        // The allocated bytes of a process without a probe are unknown.
        if (AllocatedBytes > 0)
            yield return new($"allocated per {unit}", "B", (double)AllocatedBytes / Math.Max(count, 1));
    }
}

/// <summary>Queries the <see cref="StartupHook"/> in another process.</summary>
internal sealed class UsageProbe : IDisposable
{
    private readonly string _path;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public UsageProbe(string directory) => _path = Path.Combine(directory, $"{Guid.NewGuid():N}.sock");

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [StartupHook.SocketVariable] = _path,
    };

    /// <summary>Connects to a process that was started with <see cref="Environment"/>.</summary>
    public void Connect() => _socket.Connect(new UnixDomainSocketEndPoint(_path));

    public Usage Read()
    {
        Span<byte> answer = stackalloc byte[StartupHook.AnswerLength];
        _socket.Send([1]);
        for (var filled = 0; filled < answer.Length;)
        {
            var read = _socket.Receive(answer[filled..]);
            if (read == 0)
                throw new IOException("The process has ended.");
            filled += read;
        }

        return new Usage(
            BinaryPrimitives.ReadInt64LittleEndian(answer), TimeSpan.FromMicroseconds(BinaryPrimitives.ReadInt64LittleEndian(answer[8..])));
    }

    public void Dispose() => _socket.Dispose();
}
