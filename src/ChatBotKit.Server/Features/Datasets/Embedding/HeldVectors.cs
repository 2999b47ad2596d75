using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Features.Datasets.Embedding;

/// <summary>
/// The vectors of one dataset, whose file is opened when it is needed. A file that can't be used makes a search by words alone, and never
/// fails it; a damaged one is replaced.
/// </summary>
/// <param name="path">The path of the file.</param>
/// <param name="model">The model.</param>
/// <param name="memory">The memory for all vectors.</param>
/// <param name="lost">Called when the file was deleted because it can't be used, so that the vectors are computed again.</param>
/// <param name="logger">The log.</param>
internal sealed class HeldVectors(string path, IEmbeddingModel model, VectorMemory memory, Action lost, ILogger logger)
{
    private readonly Lock _lock = new();
    private DatasetVectors? _vectors;
    private bool _isClosed;
    private bool _hasWarned;

    /// <summary>The texts that get a vector.</summary>
    public EmbeddedTexts Texts => model.Texts;

    /// <summary>Whether there are no vectors to compare a question with.</summary>
    public bool IsEmpty
    {
        get
        {
            try
            {
                return !File.Exists(path) || Open().IsEmpty;
            }
            catch (Exception exception) when (IsHarmless(exception))
            {
                Missed(exception);
                return true;
            }
        }
    }

    /// <summary>Opens the file.</summary>
    /// <exception cref="ObjectDisposedException">The vectors were closed.</exception>
    public DatasetVectors Open()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return _vectors ??= new DatasetVectors(path, model, memory);
        }
    }

    /// <summary>Compares the vector of a question with all others; returns null when that is not possible now.</summary>
    public Similarities? Compare(float[] question)
    {
        DatasetVectors? vectors = null;
        try
        {
            vectors = Open();
            if (vectors.Compare(question) is { } similarities)
                return similarities;
            WarnOnce(question.Length);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            Missed(exception);
            Forget(vectors, exception);
        }

        KnowledgeTelemetry.FellBack("vectors");
        return null;
    }

    /// <summary>Closes and deletes a file that is damaged or has vectors of another model. The vectors are computed again.</summary>
    /// <param name="useless">The file.</param>
    /// <param name="reason">What failed. The file is kept unless this is the fault of the file.</param>
    public void Forget(DatasetVectors? useless, Exception reason)
    {
        if (useless is null || !(reason is VectorDimensionsException || (reason is SqliteException error && IndexFile.IsDamage(error))))
            return;
        lock (_lock)
        {
            if (_vectors != useless)
                return;
            useless.Dispose();
            _vectors = null;
            IndexFile.Delete(path);
        }

        lost();
    }

    /// <summary>Releases the memory; the next search reads the vectors again.</summary>
    public void Release()
    {
        lock (_lock)
            _vectors?.Release();
    }

    /// <summary>Closes the file.</summary>
    /// <param name="delete">Whether to delete it too.</param>
    public void Close(bool delete)
    {
        lock (_lock)
        {
            _isClosed = true;
            _vectors?.Dispose();
            _vectors = null;
            if (delete)
                IndexFile.Delete(path);
        }
    }

    /// <summary>Each search counts, but only the first one is logged.</summary>
    private void WarnOnce(int dimensions)
    {
        if (Interlocked.Exchange(ref _hasWarned, true))
            return;
        logger.LogWarning(
            "A dataset is searched by words alone: its vectors do not fit into the {Limit} bytes of CHATBOTKIT_VECTOR_MEMORY_BYTES, "
            + "or do not have the {Dimensions} dimensions of the question's", memory.Limit, dimensions);
    }

    private static bool IsHarmless(Exception exception) => HeldIndex.IsOfFile(exception);

    private void Missed(Exception exception) => logger.LogWarning(exception, "The vectors of a dataset can't be used");
}
