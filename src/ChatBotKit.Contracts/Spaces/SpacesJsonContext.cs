using System.Text.Json.Serialization;

namespace ChatBotKit;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SpaceItem))]
[JsonSerializable(typeof(ListResponse<SpaceItem>))]
[JsonSerializable(typeof(SpaceCreateRequest))]
[JsonSerializable(typeof(SpaceUpdateRequest))]
[JsonSerializable(typeof(SpaceSiteItem))]
[JsonSerializable(typeof(ListResponse<SpaceSiteItem>))]
[JsonSerializable(typeof(SpaceSiteCreateRequest))]
[JsonSerializable(typeof(SpaceSiteUpdateRequest))]
[JsonSerializable(typeof(SpaceStorageListResponse))]
[JsonSerializable(typeof(SpaceStorageUploadRequest))]
[JsonSerializable(typeof(SpaceStorageFileDescription))]
[JsonSerializable(typeof(SpaceStorageUploadResponse))]
[JsonSerializable(typeof(SpaceStorageDownloadResponse))]
[JsonSerializable(typeof(SpaceStorageDeleteRequest))]
[JsonSerializable(typeof(SpaceStorageCopyRequest))]
[JsonSerializable(typeof(SpaceStorageMoveRequest))]
[JsonSerializable(typeof(SpaceStoragePathResponse))]
internal sealed partial class SpacesJsonContext : JsonSerializerContext;
