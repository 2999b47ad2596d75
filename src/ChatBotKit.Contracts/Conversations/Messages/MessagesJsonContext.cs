using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ConversationMessage))]
[JsonSerializable(typeof(MessageItem))]
[JsonSerializable(typeof(ListResponse<MessageItem>))]
[JsonSerializable(typeof(MessageType))]
[JsonSerializable(typeof(MessageCreateRequest))]
[JsonSerializable(typeof(MessageCreateResponse))]
[JsonSerializable(typeof(MessageUpdateRequest))]
[JsonSerializable(typeof(MessageUpdateResponse))]
[JsonSerializable(typeof(MessageSynthesizeRequest))]
[JsonSerializable(typeof(MessageSynthesizeResponse))]
internal sealed partial class MessagesJsonContext : JsonSerializerContext;
