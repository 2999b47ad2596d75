using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ChannelPublishRequest))]
[JsonSerializable(typeof(ChannelSubscribeRequest))]
[JsonSerializable(typeof(ChannelMessageEvent))]
internal sealed partial class ChannelsJsonContext : JsonSerializerContext;
