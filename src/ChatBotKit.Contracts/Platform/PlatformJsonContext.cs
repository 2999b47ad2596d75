using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PlatformSearchRequest))]
[JsonSerializable(typeof(PlatformAbilityItem))]
[JsonSerializable(typeof(ListResponse<PlatformAbilityItem>))]
[JsonSerializable(typeof(PlatformActionItem))]
[JsonSerializable(typeof(ListResponse<PlatformActionItem>))]
[JsonSerializable(typeof(PlatformDocItem))]
[JsonSerializable(typeof(ListResponse<PlatformDocItem>))]
[JsonSerializable(typeof(PlatformExampleItem))]
[JsonSerializable(typeof(ListResponse<PlatformExampleItem>))]
[JsonSerializable(typeof(PlatformExampleCloneResponse))]
[JsonSerializable(typeof(PlatformReportItem))]
[JsonSerializable(typeof(ListResponse<PlatformReportItem>))]
[JsonSerializable(typeof(PlatformReportRequest))]
[JsonSerializable(typeof(PlatformReportResponse))]
[JsonSerializable(typeof(PlatformSecretItem))]
[JsonSerializable(typeof(ListResponse<PlatformSecretItem>))]
[JsonSerializable(typeof(Dictionary<string, JsonObject>))]
internal sealed partial class PlatformJsonContext : JsonSerializerContext;
