using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MemoryItem))]
[JsonSerializable(typeof(ListResponse<MemoryItem>))]
[JsonSerializable(typeof(MemoryCreateRequest))]
[JsonSerializable(typeof(MemoryUpdateRequest))]
[JsonSerializable(typeof(MemorySearchRequest))]
[JsonSerializable(typeof(MemorySearchResponse))]
internal sealed partial class MemoriesJsonContext : JsonSerializerContext;
