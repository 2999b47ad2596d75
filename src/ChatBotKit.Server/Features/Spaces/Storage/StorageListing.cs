using System.Reflection;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>
/// The entries of a folder as one JSON document. The published list has no pages, so it is complete, however many files there are: they
/// are read in pieces while it is written, and a piece is read only after the previous one was sent. A file that is moved meanwhile can be
/// missing, or be listed twice.
/// </summary>
/// <param name="store">The database.</param>
/// <param name="space">The space.</param>
/// <param name="folder">The path of the folder; empty for the root.</param>
/// <param name="isRecursive">Whether the entries of subfolders are listed too.</param>
internal sealed class StorageListing(IStore store, ResourceRow space, string folder, bool isRecursive) : IResult, IEndpointMetadataProvider
{
    private const int PieceSize = 1000;

    /// <exception cref="ApiException">404: the folder does not exist.</exception>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (range, cancellationToken) = (PathRange.Below(folder), httpContext.RequestAborted);
        var files = await ReadAsync(range, cancellationToken);
        // Nothing is written before this, so the refusal has its own status.
        if (files.Count == 0 && folder.Length > 0)
            throw ApiException.NotFound("Folder");
        using var writer = new JsonPageWriter<SpaceStorageItem>(httpContext.Response, ServerJson.Of<SpaceStorageItem>(httpContext));
        writer.Begin();
        var (walk, items) = (new FolderWalk(folder, isRecursive), new List<SpaceStorageItem>());
        while (files.Count > 0)
        {
            foreach (var file in files)
                walk.Add(file, items);
            await writer.WriteAsync(items, cancellationToken);
            items.Clear();
            if (files.Count < PieceSize)
                break;
            range = range.After(files[^1].Path);
            files = await ReadAsync(range, cancellationToken);
        }

        walk.End(items);
        await writer.WriteAsync(items, cancellationToken);
        await writer.EndAsync(cursor: null, cancellationToken);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(SpaceStorageListResponse), ["application/json"]));
        builder.Metadata.Add(new LongAnswer());
    }

    private ValueTask<List<ContentEntry>> ReadAsync(PathRange range, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.ListContentsAsync(space.Id, range, PieceSize), cancellationToken);
}
