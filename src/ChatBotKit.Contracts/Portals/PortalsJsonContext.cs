using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PortalItem))]
[JsonSerializable(typeof(ListResponse<PortalItem>))]
[JsonSerializable(typeof(PortalCreateRequest))]
[JsonSerializable(typeof(PortalUpdateRequest))]
internal sealed partial class PortalsJsonContext : JsonSerializerContext;
