namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>The directory <c>knowledge</c> of a data directory, with the files of all datasets.</summary>
internal sealed class IndexDirectory(string dataDirectory)
{
    private const string Extension = ".db";
    private const string VectorExtension = ".vectors";

    private readonly string _path = Path.Combine(Path.GetFullPath(dataDirectory), "knowledge");

    /// <summary>Returns the path of the index of a dataset.</summary>
    public string PathOf(string datasetId) => Path.Combine(_path, datasetId + Extension);

    /// <summary>Returns the path of the file with the vectors of a dataset.</summary>
    public string VectorPathOf(string datasetId) => Path.Combine(_path, datasetId + VectorExtension);

    /// <summary>Returns the ids of the datasets that have a file.</summary>
    public IReadOnlySet<string> ListDatasets() => !Directory.Exists(_path) ? new HashSet<string>() :
        Directory.EnumerateFiles(_path, "*" + Extension).Concat(Directory.EnumerateFiles(_path, "*" + VectorExtension))
            .Select(path => Path.GetFileNameWithoutExtension(path)!).ToHashSet(StringComparer.Ordinal);
}
