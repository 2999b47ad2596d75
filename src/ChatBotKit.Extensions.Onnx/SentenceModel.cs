using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ChatBotKit;

/// <summary>A model that returns vectors for the tokens of texts, or one for each text.</summary>
internal sealed class SentenceModel : IDisposable
{
    private const string Tokens = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly InferenceSession _session;
    private readonly OnnxPooling _pooling;
    private readonly string _output;
    private bool _isDisposed;

    private SentenceModel(InferenceSession session, OnnxPooling pooling, string path)
    {
        (_session, _pooling) = (session, pooling);
        if (!session.InputMetadata.ContainsKey(Tokens))
            throw new InvalidDataException($"The embedding model has no input named {Tokens}: {path}");
        if (session.InputMetadata.FirstOrDefault(input => input.Key is not (Tokens or Mask or Types) || input.Value.ElementType != typeof(long))
            is { Key: { } unknown })
            throw new InvalidDataException($"The embedding model needs the input {unknown}, which a text does not give: {path}");
        _output = FindOutput(session)
            ?? throw new InvalidDataException($"The embedding model returns no vectors of 32-bit numbers for tokens or texts: {path}");
    }

    /// <exception cref="InvalidDataException">The file is not a model that can be used.</exception>
    public static SentenceModel Load(string path, OnnxPooling pooling, int threads)
    {
        // Without an arena, the memory of a long batch is returned after it.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            EnableCpuMemArena = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(path, options);
            return new SentenceModel(session, pooling, path);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"The embedding model can't be loaded: {path}", exception);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Computes the vectors of texts, each of length 1.</summary>
    /// <param name="texts">The tokens of the texts.</param>
    /// <param name="padding">The token that fills the shorter texts.</param>
    public float[][] Compute(IReadOnlyList<IReadOnlyList<long>> texts, long padding)
    {
        var length = texts.Max(text => text.Count);
        var tokens = new DenseTensor<long>(new[] { texts.Count, length });
        var mask = new DenseTensor<long>(new[] { texts.Count, length });
        tokens.Fill(padding);
        for (var text = 0; text < texts.Count; text++)
        {
            for (var token = 0; token < texts[text].Count; token++)
                (tokens[text, token], mask[text, token]) = (texts[text][token], 1);
        }

        List<NamedOnnxValue> inputs = [.. _session.InputMetadata.Keys.Select(name => NamedOnnxValue.CreateFromTensor(name, name switch
        {
            Tokens => tokens,
            Mask => mask,
            _ => new DenseTensor<long>(new[] { texts.Count, length }),
        }))];
        _lock.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            using var outputs = _session.Run(inputs, [_output]);
            return Combine(outputs[0].AsTensor<float>().ToDenseTensor(), texts);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Dispose()
    {
        _lock.EnterWriteLock();
        try
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _session.Dispose();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Returns the output with a vector for each text, otherwise one with a vector for each token; null when there is none.</summary>
    private static string? FindOutput(InferenceSession session)
    {
        var vectors = session.OutputMetadata.Where(output => output.Value.ElementType == typeof(float)).ToList();
        return (vectors.Find(output => output.Key == "sentence_embedding").Key
            ?? vectors.Find(output => output.Key == "last_hidden_state").Key
            ?? vectors.Find(output => output.Value.Dimensions.Length == 3).Key)
            ?? vectors.Find(output => output.Value.Dimensions.Length == 2).Key;
    }

    private float[][] Combine(DenseTensor<float> output, IReadOnlyList<IReadOnlyList<long>> texts)
    {
        var size = output.Dimensions[^1];
        var step = output.Length / texts.Count;
        var vectors = new float[texts.Count][];
        for (var text = 0; text < texts.Count; text++)
        {
            var values = output.Buffer.Span.Slice((int)(text * step), (int)step);
            var used = output.Dimensions.Length == 2 || _pooling == OnnxPooling.FirstToken ? 1 : texts[text].Count;
            var vector = vectors[text] = new float[size];
            for (var token = 0; token < used; token++)
                TensorPrimitives.Add(vector, values.Slice(token * size, size), vector);
            if (TensorPrimitives.Norm(vector) is > 0 and var norm)
                TensorPrimitives.Divide(vector, norm, vector);
        }

        return vectors;
    }
}
