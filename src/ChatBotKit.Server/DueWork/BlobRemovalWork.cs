using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.DueWork;

/// <summary>Deletes blobs after the rows that referred to them.</summary>
internal sealed class BlobRemovalWork(IBlobStore blobs) : IDueWorkHandler
{
    public string Kind => BlobQueries.RemovalKind;

    public int AtOnce => 2;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(item.Payload.Split(' '), cancellationToken);
        return DueWorkResult.Done;
    }
}
