using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DatasetItem))]
[JsonSerializable(typeof(ListResponse<DatasetItem>))]
[JsonSerializable(typeof(DatasetCreateRequest))]
[JsonSerializable(typeof(DatasetUpdateRequest))]
[JsonSerializable(typeof(DatasetSearchRequest))]
[JsonSerializable(typeof(DatasetSearchResponse))]
[JsonSerializable(typeof(RecordItem))]
[JsonSerializable(typeof(ListResponse<RecordItem>))]
[JsonSerializable(typeof(RecordCreateRequest))]
[JsonSerializable(typeof(RecordUpdateRequest))]
[JsonSerializable(typeof(RecordImportRow))]
[JsonSerializable(typeof(RecordImportEvent))]
[JsonSerializable(typeof(RecordImportResponse))]
[JsonSerializable(typeof(DatasetFileType))]
[JsonSerializable(typeof(DatasetFileItem))]
[JsonSerializable(typeof(DatasetFileAttachRequest))]
[JsonSerializable(typeof(DatasetFileDetachRequest))]
internal sealed partial class DatasetsJsonContext : JsonSerializerContext;
