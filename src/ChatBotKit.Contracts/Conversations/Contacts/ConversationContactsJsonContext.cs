using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ContactReference))]
[JsonSerializable(typeof(ContactUpsertRequest))]
internal sealed partial class ConversationContactsJsonContext : JsonSerializerContext;
