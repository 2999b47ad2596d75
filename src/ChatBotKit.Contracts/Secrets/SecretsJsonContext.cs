using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SecretItem))]
[JsonSerializable(typeof(ListResponse<SecretItem>))]
[JsonSerializable(typeof(SecretCreateRequest))]
[JsonSerializable(typeof(SecretUpdateRequest))]
[JsonSerializable(typeof(SecretKind))]
[JsonSerializable(typeof(SecretType))]
[JsonSerializable(typeof(SecretVerifyResponse))]
[JsonSerializable(typeof(SecretAuthenticateResponse))]
internal sealed partial class SecretsJsonContext : JsonSerializerContext;
