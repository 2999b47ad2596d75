using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BlueprintItem))]
[JsonSerializable(typeof(ListResponse<BlueprintItem>))]
[JsonSerializable(typeof(BlueprintCreateRequest))]
[JsonSerializable(typeof(BlueprintUpdateRequest))]
[JsonSerializable(typeof(BlueprintDeleteRequest))]
[JsonSerializable(typeof(BlueprintResourcesResponse))]
[JsonSerializable(typeof(BlueprintImportRequest))]
[JsonSerializable(typeof(BlueprintBulletinItem))]
[JsonSerializable(typeof(ListResponse<BlueprintBulletinItem>))]
[JsonSerializable(typeof(BlueprintBulletinCreateRequest))]
[JsonSerializable(typeof(BlueprintBulletinCreateResponse))]
internal sealed partial class BlueprintsJsonContext : JsonSerializerContext;
