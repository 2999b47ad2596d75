using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FileItem))]
[JsonSerializable(typeof(ListResponse<FileItem>))]
[JsonSerializable(typeof(FileCreateRequest))]
[JsonSerializable(typeof(FileUpdateRequest))]
[JsonSerializable(typeof(FileUploadRequest))]
[JsonSerializable(typeof(FileUploadResponse))]
[JsonSerializable(typeof(FileDownloadResponse))]
internal sealed partial class FilesJsonContext : JsonSerializerContext;
