using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EventLogItem))]
[JsonSerializable(typeof(ListResponse<EventLogItem>))]
[JsonSerializable(typeof(EventLogSubscribeRequest))]
internal sealed partial class EventsJsonContext : JsonSerializerContext;
