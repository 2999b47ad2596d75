using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ContactItem))]
[JsonSerializable(typeof(ListResponse<ContactItem>))]
[JsonSerializable(typeof(ContactCreateRequest))]
[JsonSerializable(typeof(ContactEnsureRequest))]
[JsonSerializable(typeof(ContactUpdateRequest))]
[JsonSerializable(typeof(ContactRatingItem))]
[JsonSerializable(typeof(ListResponse<ContactRatingItem>))]
[JsonSerializable(typeof(ContactMemorySearchRequest))]
internal sealed partial class ContactsJsonContext : JsonSerializerContext;
