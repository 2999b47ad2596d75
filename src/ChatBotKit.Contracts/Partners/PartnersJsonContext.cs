using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PartnerUserItem))]
[JsonSerializable(typeof(ListResponse<PartnerUserItem>))]
[JsonSerializable(typeof(PartnerUserCreateRequest))]
[JsonSerializable(typeof(PartnerUserUpdateRequest))]
[JsonSerializable(typeof(PartnerUserLimits))]
[JsonSerializable(typeof(PartnerUserContextItem))]
[JsonSerializable(typeof(ListResponse<PartnerUserContextItem>))]
[JsonSerializable(typeof(PartnerUserContextCreateRequest))]
[JsonSerializable(typeof(PartnerUserContextUpdateRequest))]
[JsonSerializable(typeof(PartnerUserSessionCreateRequest))]
[JsonSerializable(typeof(PartnerUserSessionCreateResponse))]
[JsonSerializable(typeof(PartnerUserTokenItem))]
[JsonSerializable(typeof(ListResponse<PartnerUserTokenItem>))]
[JsonSerializable(typeof(PartnerUserTokenCreateRequest))]
[JsonSerializable(typeof(PartnerUserTokenCreateResponse))]
[JsonSerializable(typeof(PartnerUserTokenUpdateRequest))]
internal sealed partial class PartnersJsonContext : JsonSerializerContext;
