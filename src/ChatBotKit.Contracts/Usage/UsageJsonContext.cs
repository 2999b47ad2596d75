using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(UsageResponse))]
[JsonSerializable(typeof(UsageRecordItem))]
[JsonSerializable(typeof(ListResponse<UsageRecordItem>))]
[JsonSerializable(typeof(UsageSeriesResponse))]
[JsonSerializable(typeof(UsageRunSeriesResponse))]
[JsonSerializable(typeof(UsageHourSeriesResponse))]
internal sealed partial class UsageJsonContext : JsonSerializerContext;
