using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SessionCreateRequest))]
[JsonSerializable(typeof(SessionCreateResponse))]
[JsonSerializable(typeof(SessionItem))]
[JsonSerializable(typeof(ListResponse<SessionItem>))]
[JsonSerializable(typeof(SessionRefreshRequest))]
[JsonSerializable(typeof(SessionRevokeRequest))]
[JsonSerializable(typeof(SessionRevokeResponse))]
[JsonSerializable(typeof(SessionAuditItem))]
[JsonSerializable(typeof(ListResponse<SessionAuditItem>))]
[JsonSerializable(typeof(SessionAuditVerification))]
[JsonSerializable(typeof(SessionKeyItem))]
[JsonSerializable(typeof(ListResponse<SessionKeyItem>))]
internal sealed partial class SessionsJsonContext : JsonSerializerContext;
