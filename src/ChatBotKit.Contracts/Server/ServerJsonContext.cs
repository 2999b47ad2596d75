using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ServerTokenItem))]
[JsonSerializable(typeof(ListResponse<ServerTokenItem>))]
[JsonSerializable(typeof(ServerTokenCreateRequest))]
[JsonSerializable(typeof(ServerTokenCreateResponse))]
[JsonSerializable(typeof(ServerMigrationCreateRequest))]
[JsonSerializable(typeof(ServerMigrationItem))]
[JsonSerializable(typeof(ServerInfo))]
[JsonSerializable(typeof(ServerWorkItem))]
[JsonSerializable(typeof(ListResponse<ServerWorkItem>))]
internal sealed partial class ServerJsonContext : JsonSerializerContext;
