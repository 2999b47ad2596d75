namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>Reads the rows of an import from its body.</summary>
internal interface IImportRows
{
    /// <summary>Reads the next row; null at the end of the body.</summary>
    ValueTask<ImportRow?> ReadAsync(CancellationToken cancellationToken);
}
