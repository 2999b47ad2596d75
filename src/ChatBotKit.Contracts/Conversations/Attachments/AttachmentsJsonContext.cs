using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AttachmentUploadRequest))]
[JsonSerializable(typeof(AttachmentFileDescription))]
[JsonSerializable(typeof(AttachmentUploadResponse))]
[JsonSerializable(typeof(AttachmentItem))]
[JsonSerializable(typeof(ListResponse<AttachmentItem>))]
internal sealed partial class AttachmentsJsonContext : JsonSerializerContext;
