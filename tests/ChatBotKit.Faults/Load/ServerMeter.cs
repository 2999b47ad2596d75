using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace ChatBotKit.Faults.Load;

/// <summary>Measures the memory and processor time of a server's process from outside.</summary>
internal sealed class ServerMeter(int processId) : IDisposable
{
    private static readonly TimeSpan CollectionLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process = Process.GetProcessById(processId);

    /// <summary>The processor time of all threads so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The resident memory of the process in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>
    /// Triggers a garbage collection and measures the remaining memory. The long form also waits until .NET's pools have released
    /// arrays that were not rented for a minute.
    /// </summary>
    public async Task<MemoryUse> SettleAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Form.Pick(1, 6); i++)
        {
            await CollectAsync(cancellationToken);
            await Task.Delay(Form.Pick(TimeSpan.Zero, TimeSpan.FromSeconds(15)), cancellationToken);
        }

        var heap = await CollectAsync(cancellationToken);
        return new MemoryUse(heap, Resident);
    }

    public void Dispose() => _process.Dispose();

    /// <summary>Collects garbage: the runtime does so before it emits the heap events of this keyword.</summary>
    /// <returns>The size of the surviving objects.</returns>
    private async Task<long> CollectAsync(CancellationToken cancellationToken)
    {
        var keywords = (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect);
        var provider = new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, keywords);
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [provider], requestRundown: false, circularBufferMB: 16, cancellationToken);
        var size = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(
            () =>
            {
                using var source = new EventPipeEventSource(session.EventStream);
                source.Clr.GCHeapStats += stats => size.TrySetResult(stats.TotalPromoted);
                source.Process();
            },
            cancellationToken);
        // The events are buffered until the session ends.
        var result = await Task.WhenAny(size.Task, Task.Delay(TimeSpan.FromSeconds(2), cancellationToken));
        await session.StopAsync(cancellationToken);
        await reading.WaitAsync(CollectionLimit, cancellationToken);
        return result == size.Task || size.Task.IsCompleted
            ? await size.Task
            : throw new InvalidOperationException("The server's process has not collected its garbage.");
    }
}

/// <summary>The memory of a process in bytes.</summary>
/// <param name="Heap">The size of the objects that are alive after a collection.</param>
/// <param name="Resident">The resident memory.</param>
internal readonly record struct MemoryUse(long Heap, long Resident)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"heap {Heap / 1e6,7:0.0} MB, resident {Resident / 1e6,7:0.0} MB");
}
