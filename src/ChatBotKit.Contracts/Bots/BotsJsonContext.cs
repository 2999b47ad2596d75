using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BotItem))]
[JsonSerializable(typeof(ListResponse<BotItem>))]
[JsonSerializable(typeof(BotCreateRequest))]
[JsonSerializable(typeof(BotUpdateRequest))]
[JsonSerializable(typeof(BotSessionCreateRequest))]
[JsonSerializable(typeof(BotSessionCreateResponse))]
[JsonSerializable(typeof(BotMemorySearchRequest))]
[JsonSerializable(typeof(BotUsageResponse))]
internal sealed partial class BotsJsonContext : JsonSerializerContext;
