using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Reads the terms of a text: words of scripts with spaces, and overlapping pairs or triples of characters of scripts without,
/// because there is no dictionary that could divide these. All terms are in the form in which they are compared.
/// </summary>
internal ref struct TermReader
{
    /// <summary>The length of the buffer that a reader needs.</summary>
    public const int BufferLength = 256;

    /// <summary>The length at which a word is cut. Questions do not contain longer ones.</summary>
    private const int MaxWord = 64;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _start;
    private int _next;
    private int _count;
    private int _offset;

    public TermReader(ReadOnlySpan<char> text, Span<char> buffer)
    {
        _text = text;
        _buffer = buffer;
    }

    /// <summary>The kind of the term: a word of letters, or a part of a text in pairs or in triples.</summary>
    public CharacterKind Kind { get; private set; }

    /// <summary>The term. It is valid until the next one is read, and may be changed.</summary>
    public Span<char> Term { get; private set; }

    /// <summary>Whether this is all of a text that is shorter than a pair or triple.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Whether this part is shorter than a pair or triple, as the last ones of each text are.</summary>
    public readonly bool IsRest => Kind != CharacterKind.Letter && Term.Length < Size;

    /// <summary>The word as the text has it.</summary>
    public readonly ReadOnlySpan<char> Source => _text[_start.._next];

    private readonly int Size => Kind == CharacterKind.Pair ? 2 : 3;

    public bool Read()
    {
        IsShort = false;
        if (_offset < _count)
            return ReadPart();
        while (_next < _text.Length)
        {
            _start = _next;
            switch (KindAt(_next, out var length))
            {
                case CharacterKind.Letter or CharacterKind.Expanded:
                    if (ReadWord())
                        return true;
                    break;
                case var kind and (CharacterKind.Pair or CharacterKind.Triple):
                    Kind = kind;
                    _count = _offset = 0;
                    Fill();
                    IsShort = _count < Size;
                    return ReadPart();
                default:
                    _next += length;
                    break;
            }
        }

        return false;
    }

    private bool ReadWord()
    {
        _count = _offset = 0;
        var word = 0;
        while (_next < _text.Length)
        {
            // Nearly all characters are plain letters.
            var c = _text[_next];
            if (CharacterTable.KindOf(c) == CharacterKind.Letter)
            {
                if (word < MaxWord)
                    _buffer[word++] = CharacterTable.Fold(c);
                _next++;
                continue;
            }

            var kind = KindAt(_next, out var length);
            if (kind is not (CharacterKind.Letter or CharacterKind.Expanded or CharacterKind.Ignored))
                break;
            if (word + length <= MaxWord)
                word += AppendLetter(_text.Slice(_next, length), kind, _buffer[word..]);
            _next += length;
        }

        Kind = CharacterKind.Letter;
        Term = _buffer[..word];
        return word > 0;
    }

    private static int AppendLetter(ReadOnlySpan<char> letter, CharacterKind kind, Span<char> buffer)
    {
        if (kind == CharacterKind.Ignored)
            return 0;
        if (kind == CharacterKind.Expanded)
        {
            var expansion = LetterForms.Expansion(letter[0])!;
            expansion.CopyTo(buffer);
            return expansion.Length;
        }

        for (var i = 0; i < letter.Length; i++)
            buffer[i] = CharacterTable.Fold(letter[i]);
        return letter.Length;
    }

    private bool ReadPart()
    {
        if (_count - _offset < Size)
            Fill();
        Term = _buffer.Slice(_offset, Math.Min(Size, _count - _offset));
        _offset++;
        return true;
    }

    /// <summary>Moves what is left of the buffer to its start, and appends the next characters of the same kind.</summary>
    private void Fill()
    {
        _buffer[_offset.._count].CopyTo(_buffer);
        _count -= _offset;
        _offset = 0;
        for (; _next < _text.Length && _count < BufferLength; _next++)
        {
            var kind = CharacterTable.KindOf(_text[_next]);
            if (kind == CharacterKind.Ignored)
                continue;
            if (kind != Kind)
                break;
            if (_count > 0 && LetterForms.TryCombine(_buffer[_count - 1], _text[_next], out var combined))
                _buffer[_count - 1] = combined;
            else
                _buffer[_count++] = CharacterTable.Fold(_text[_next]);
        }
    }

    private readonly CharacterKind KindAt(int index, out int length)
    {
        length = 1;
        var kind = CharacterTable.KindOf(_text[index]);
        if (kind != CharacterKind.Surrogate)
            return kind;
        if (Rune.DecodeFromUtf16(_text[index..], out var rune, out length) != System.Buffers.OperationStatus.Done)
        {
            length = 1;
            return CharacterKind.Separator;
        }

        return CharacterTable.IsOfWords(Rune.GetUnicodeCategory(rune)) ? CharacterKind.Letter : CharacterKind.Separator;
    }
}
