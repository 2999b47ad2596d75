using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ServerTokenItem))]
[JsonSerializable(typeof(ListResponse<ServerTokenItem>))]
[JsonSerializable(typeof(ServerTokenCreateRequest))]
[JsonSerializable(typeof(ServerTokenCreateResponse))]
internal sealed partial class ServerJsonContext : JsonSerializerContext;
