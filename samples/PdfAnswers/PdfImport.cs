using ChatBotKit;

namespace PdfAnswers;

/// <summary>Imports a PDF into a dataset.</summary>
internal static class PdfImport
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <returns>What became of the file, in words.</returns>
    public static async Task<string> RunAsync(ChatBotKitApi api, string datasetId, string path)
    {
        var file = await api.File.CreateAsync(new FileCreateRequest { Name = Path.GetFileName(path) });
        await api.File.UploadFileAsync(file.Id, path, "application/pdf");
        await api.Dataset.File.AttachAsync(datasetId, file.Id, new DatasetFileAttachRequest { Type = DatasetFileType.Source });
        await api.Dataset.File.SyncAsync(datasetId, file.Id);

        // The server reads the file after its answer.
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync())
        {
            var state = await api.Dataset.File.FetchAsync(datasetId, file.Id);
            if (state.State == DatasetFileState.Imported)
                return $"{state.Records} record(s)";
            if (state.State == DatasetFileState.Failed)
                return $"not imported: {state.Error}";
        }

        return "not imported";
    }
}
