using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>A known type of event: its name, and the metadata that reads its data.</summary>
internal sealed class RunEventType
{
    // The most frequent types come first. The comparison is by bytes, so a known type allocates no string.
    private static readonly RunEventType[] All =
    [
        With<TokenEventData>("token", static data => new TokenEvent { Data = data }),
        With<TokenEventData>("reasoningToken", static data => new ReasoningTokenEvent { Data = data }),
        With<MessageEventData>("message", static data => new MessageEvent { Data = data }),
        With<CompleteEventData>("completeBegin", static data => new CompleteBeginEvent { Data = data }),
        With<CompleteEventData>("completeEnd", static data => new CompleteEndEvent { Data = data }),
        With<SendResultEventData>("sendResult", static data => new SendResultEvent { Data = data }),
        With<RunResult>("receiveResult", static data => new ReceiveResultEvent { Data = data }),
        With<RunResult>("result", static data => new ResultEvent { Data = data }),
        With<OperationEventData>("intentDetectionBegin", static data => new IntentDetectionBeginEvent { Data = data }),
        With<OperationEventData>("intentDetectionEnd", static data => new IntentDetectionEndEvent { Data = data }),
        With<OperationEventData>("operationBegin", static data => new OperationBeginEvent { Data = data }),
        With<OperationEventData>("operationEnd", static data => new OperationEndEvent { Data = data }),
        With<DatasetSearchEventData>("datasetSearchBegin", static data => new DatasetSearchBeginEvent { Data = data }),
        With<DatasetSearchEventData>("datasetSearchEnd", static data => new DatasetSearchEndEvent { Data = data }),
        With<ChannelWaitEventData>("waitForChannelMessageBegin", static data => new WaitForChannelMessageBeginEvent { Data = data }),
        With<ChannelWaitEventData>("waitForChannelMessageEnd", static data => new WaitForChannelMessageEndEvent { Data = data }),
        With<CompactionBeginEventData>("compactionBegin", static data => new CompactionBeginEvent { Data = data }),
        With<CompactionEndEventData>("compactionEnd", static data => new CompactionEndEvent { Data = data }),
        With<ProgressReportEventData>("progressReport", static data => new ProgressReportEvent { Data = data }),
        With<AudioEventData>("audio", static data => new AudioEvent { Data = data }),
        With<AbortEventData>("abort", static data => new AbortEvent { Data = data }),
        With<ErrorResponse>("error", static data => new ErrorEvent { Data = data }),
        With<UsageEventData>("usage", static data => new UsageEvent { Data = data }),
        new("ping", needsData: false, static (ref _, _) => new PingEvent()),
        new("nop", needsData: false, static (ref _, _) => new NopEvent()),
    ];

    private readonly byte[] _utf8Name;

    private RunEventType(string name, bool needsData, ReadEvent read)
    {
        Name = name;
        NeedsData = needsData;
        Read = read;
        _utf8Name = Encoding.UTF8.GetBytes(name);
    }

    internal delegate RunEvent ReadEvent(ref Utf8JsonReader reader, JsonSerializerOptions options);

    public string Name { get; }

    public bool NeedsData { get; }

    public ReadEvent Read { get; }

    public static RunEventType? Find(ref Utf8JsonReader reader)
    {
        foreach (var type in All)
        {
            if (reader.ValueTextEquals(type._utf8Name))
                return type;
        }

        return null;
    }

    private static RunEventType With<TData>(string name, Func<TData, RunEvent> create) => new(
        name,
        needsData: true,
        (ref reader, options) => create(
            JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<TData>)options.GetTypeInfo(typeof(TData)))!));
}
