using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PolicyItem))]
[JsonSerializable(typeof(ListResponse<PolicyItem>))]
[JsonSerializable(typeof(PolicyCreateRequest))]
[JsonSerializable(typeof(PolicyUpdateRequest))]
internal sealed partial class PoliciesJsonContext : JsonSerializerContext;
