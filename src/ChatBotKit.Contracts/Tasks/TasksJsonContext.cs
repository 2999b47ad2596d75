using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TaskItem))]
[JsonSerializable(typeof(ListResponse<TaskItem>))]
[JsonSerializable(typeof(TaskCreateRequest))]
[JsonSerializable(typeof(TaskUpdateRequest))]
[JsonSerializable(typeof(TaskSubscribeRequest))]
[JsonSerializable(typeof(TaskExecutionItem))]
[JsonSerializable(typeof(ListResponse<TaskExecutionItem>))]
[JsonSerializable(typeof(TaskExecutionCancelResponse))]
internal sealed partial class TasksJsonContext : JsonSerializerContext;
