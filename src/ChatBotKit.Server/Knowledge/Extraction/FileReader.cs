using System.Diagnostics;
using System.Text.Json;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Reads the text of files, each in a process of its own with limits on memory, time and output. Files that come meanwhile wait in
/// their order.
/// </summary>
internal sealed class FileReader(ExtractionLimits limits, TimeProvider time) : IFileReader, IDisposable
{
    private const string TooComplex = "The file could not be read within the limits of memory and time. Save it in a simpler form, or divide it.";

    /// <summary>How many times longer than their text the lines may be: a row of one digit has a line of 40 characters.</summary>
    private const int LinesByText = 50;

    private readonly SemaphoreSlim _places = new(limits.AtOnce);
    private int _files;

    public async Task<ExtractedText> ReadAsync(Stream bytes, string? contentType, string? fileName, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _files) > limits.AtOnce + limits.Waiting)
                return Refused(FileRefusalCodes.Busy, "Too many files wait to be read. Try again later.");
            await _places.WaitAsync(cancellationToken);
            try
            {
                return await ReadInProcessAsync(bytes, RequestOf(contentType, fileName), cancellationToken);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _files);
        }
    }

    public void Dispose() => _places.Dispose();

    private ExtractionRequest RequestOf(string? contentType, string? fileName) => new(contentType, fileName)
    {
        MaxBytes = limits.OutputBytes,
        MaxBlocks = limits.OutputBlocks,
        CutsText = limits.CutsText,
    };

    private async Task<ExtractedText> ReadInProcessAsync(Stream bytes, ExtractionRequest request, CancellationToken cancellationToken)
    {
        using var timeLimit = new CancellationTokenSource(limits.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, cancellationToken);
        using var process = ReaderProcess.Start(limits);
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token);
            var sent = SendAsync(process, bytes, request, either.Token);
            var text = await ReceiveAsync(process.StandardOutput.BaseStream, either.Token);
            if (!await sent)
                return Refused(FileRefusalCodes.TooLarge, $"The file has more than {limits.InputBytes / (1024 * 1024)} MB.");
            await errors;
            return text;
        }
        catch (OperationCanceledException) when (timeLimit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Refused(FileRefusalCodes.TooComplex, TooComplex);
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Sends the file, and returns whether all of it was small enough to be sent.</summary>
    private async Task<bool> SendAsync(Process process, Stream bytes, ExtractionRequest request, CancellationToken cancellationToken)
    {
        var input = process.StandardInput.BaseStream;
        var buffer = new byte[64 * 1024];
        var left = limits.InputBytes;
        try
        {
            var header = JsonSerializer.SerializeToUtf8Bytes(request, ExtractionJson.Lines.ExtractionRequest);
            await input.WriteAsync(BitConverter.GetBytes(header.Length), cancellationToken);
            await input.WriteAsync(header, cancellationToken);
            for (int read; (read = await bytes.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                left -= read;
                if (left < 0)
                {
                    End(process);
                    return false;
                }

                await input.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            input.Close();
        }
        catch (IOException) when (process.HasExited || !input.CanWrite || left >= 0)
        {
            // The process ended before it had read everything; its answer, or that it has none, says why.
        }

        return true;
    }

    private async Task<ExtractedText> ReceiveAsync(Stream output, CancellationToken cancellationToken)
    {
        var blocks = new List<TextBlock>();
        using var reader = new StreamReader(output);
        // The process keeps the limits itself. This one only guards against a process that does not.
        var left = limits.OutputBytes * LinesByText;
        while (await reader.ReadLineAsync(cancellationToken) is { } text && (left -= text.Length) >= 0)
        {
            if (Parse(text) is not { } line)
                break;
            if (line.Block is { } block)
                blocks.Add(block);
            if (line.Refusal is { } refusal)
                return new ExtractedText([], refusal);
            if (line.IsEnd)
                return new ExtractedText(blocks, null, line.IsCut);
        }

        return Refused(FileRefusalCodes.TooComplex, TooComplex);
    }

    private static ExtractionLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ExtractionJson.Lines.ExtractionLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ExtractedText Refused(string code, string message) => new([], new FileRefusal(code, message));

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended.
        }
    }
}
