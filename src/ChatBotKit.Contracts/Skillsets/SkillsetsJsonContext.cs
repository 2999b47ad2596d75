using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SkillsetItem))]
[JsonSerializable(typeof(ListResponse<SkillsetItem>))]
[JsonSerializable(typeof(SkillsetCreateRequest))]
[JsonSerializable(typeof(SkillsetUpdateRequest))]
[JsonSerializable(typeof(AbilityItem))]
[JsonSerializable(typeof(ListResponse<AbilityItem>))]
[JsonSerializable(typeof(AbilityCreateRequest))]
[JsonSerializable(typeof(AbilityUpdateRequest))]
[JsonSerializable(typeof(AbilityExecuteRequest))]
[JsonSerializable(typeof(AbilityExecuteResponse))]
internal sealed partial class SkillsetsJsonContext : JsonSerializerContext;
