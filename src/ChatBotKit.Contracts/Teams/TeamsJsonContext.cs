using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TeamItem))]
[JsonSerializable(typeof(ListResponse<TeamItem>))]
internal sealed partial class TeamsJsonContext : JsonSerializerContext;
