using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ModelItem))]
[JsonSerializable(typeof(ListResponse<ModelItem>))]
internal sealed partial class ModelsJsonContext : JsonSerializerContext;
