namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>
/// The progress of an import. One task writes it and another reads it, so that an import does not wait for a caller that reads no
/// events before it has sent the whole body.
/// </summary>
internal sealed class ImportReport(string datasetId)
{
    private readonly Lock _gate = new();
    private readonly List<RecordImportError> _errors = [];
    private TaskCompletionSource _changed = New();
    private int _imported;
    private int _changedRecords;

    /// <summary>The number of rows that could not be imported.</summary>
    public int Failed
    {
        get
        {
            lock (_gate)
                return _errors.Count;
        }
    }

    /// <summary>The number of rows that are stored.</summary>
    public int Imported
    {
        get
        {
            lock (_gate)
                return _imported;
        }
    }

    /// <summary>A task that completes when there is something new.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    /// <summary>Adds rows that are stored.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="changed">The number of records that are new or different.</param>
    public void Add(int rows, int changed)
    {
        lock (_gate)
        {
            _imported += rows;
            _changedRecords += changed;
            _changed.TrySetResult();
        }
    }

    /// <summary>Adds a row that could not be imported.</summary>
    public void Fail(long line, string message)
    {
        lock (_gate)
        {
            _errors.Add(new RecordImportError { Line = line, Message = message });
            _changed.TrySetResult();
        }
    }

    /// <summary>Returns the errors after the first <paramref name="known"/>, and the numbers up to now.</summary>
    public (IReadOnlyList<RecordImportError> Errors, int Imported, int Changed) ReadAfter(int known)
    {
        lock (_gate)
        {
            if (_changed.Task.IsCompleted)
                _changed = New();
            return (_errors[known..], _imported, _changedRecords);
        }
    }

    public RecordImportResponse ToResponse()
    {
        lock (_gate)
            return new RecordImportResponse { Id = datasetId, Imported = _imported, Changed = _changedRecords, Failed = _errors.Count, Errors = [.. _errors] };
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
