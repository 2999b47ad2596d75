using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MagicPromptItem))]
[JsonSerializable(typeof(ListResponse<MagicPromptItem>))]
[JsonSerializable(typeof(MagicGenerateRequest))]
[JsonSerializable(typeof(MagicGenerateResponse))]
internal sealed partial class MagicJsonContext : JsonSerializerContext;
