using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FunctionDefinition))]
[JsonSerializable(typeof(RunExtensions))]
[JsonSerializable(typeof(RunLimits))]
[JsonSerializable(typeof(AbortRunRequest))]
[JsonSerializable(typeof(RunItem))]
[JsonSerializable(typeof(ListResponse<RunItem>))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(TokenEventData))]
[JsonSerializable(typeof(MessageEventData))]
[JsonSerializable(typeof(SendResultEventData))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(CompleteEventData))]
[JsonSerializable(typeof(OperationEventData))]
[JsonSerializable(typeof(DatasetSearchEventData))]
[JsonSerializable(typeof(ChannelWaitEventData))]
[JsonSerializable(typeof(CompactionBeginEventData))]
[JsonSerializable(typeof(CompactionEndEventData))]
[JsonSerializable(typeof(ProgressReportEventData))]
[JsonSerializable(typeof(AudioEventData))]
[JsonSerializable(typeof(AbortEventData))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(UsageEventData))]
internal sealed partial class RunsJsonContext : JsonSerializerContext;
