// Lucene, to measure pundit against: the same work that the bare program of bare.rs does.
//
//     java -cp LUCENE.jar Lucene.java index FOLDER INDEX
//     java -cp LUCENE.jar Lucene.java search INDEX KIND WORD...
//     java -cp LUCENE.jar Lucene.java batch INDEX QUERIES.tsv
//
// Wants Java 17 and the core of Lucene 9. A file is a document with one stored text of English stems with positions; an answer is the paths of
// the ten best. Queries are answered by one thread. compare.py compiles it, for the compiler would take longer than a search.

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

public final class Lucene {
    /** As many as the bare program has. */
    private static final int THREADS = 2;
    private static final int MEMORY_MB = 256;

    private static final Analyzer STEMS = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new StandardTokenizer();
            return new TokenStreamComponents(words, new PorterStemFilter(new LowerCaseFilter(words)));
        }
    };

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "index" -> index(Path.of(args[1]), Path.of(args[2]));
            case "search" -> search(Path.of(args[1]), args[2], Arrays.asList(args).subList(3, args.length));
            case "batch" -> batch(Path.of(args[1]), Path.of(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void index(Path folder, Path index) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        var settings = new IndexWriterConfig(STEMS).setRAMBufferSizeMB(MEMORY_MB);
        try (var directory = FSDirectory.open(index); var writer = new IndexWriter(directory, settings)) {
            var threads = Executors.newFixedThreadPool(THREADS);
            var working = new ArrayList<Future<?>>();
            for (int first = 0; first < THREADS; first++) {
                int from = first;
                working.add(threads.submit(() -> {
                    for (int at = from; at < files.size(); at += THREADS) {
                        writer.addDocument(document(files.get(at)));
                    }
                    return null;
                }));
            }
            for (var one : working) {
                one.get();
            }
            threads.shutdown();
            writer.commit();
        }
    }

    private static Document document(Path file) throws IOException {
        var document = new Document();
        document.add(new StringField("path", file.toString(), Field.Store.YES));
        document.add(new TextField("text", new String(Files.readAllBytes(file), StandardCharsets.UTF_8), Field.Store.YES));
        return document;
    }

    private static void search(Path index, String kind, List<String> words) throws IOException {
        try (var directory = FSDirectory.open(index); var reader = DirectoryReader.open(directory)) {
            answer(new IndexSearcher(reader), kind, words).forEach(System.out::println);
        }
    }

    /** Answers all queries once, so that the machine has compiled what it runs, and then again under the clock. */
    private static void batch(Path index, Path queries) throws IOException {
        List<String[]> asked = Files.readAllLines(queries).stream().map(line -> line.split("\t")).toList();
        try (var directory = FSDirectory.open(index); var reader = DirectoryReader.open(directory)) {
            var searcher = new IndexSearcher(reader);
            // Each round its own time: nothing of earlier rounds is kept.
            searcher.setQueryCache(null);
            for (boolean counts : new boolean[] {false, true}) {
                long began = System.nanoTime();
                for (String[] query : asked) {
                    answer(searcher, query[0], List.of(query[1].split(" ")));
                }
                if (counts) {
                    System.out.printf("{\"queries\":%d,\"wall_s\":%.4f}%n", asked.size(), (System.nanoTime() - began) / 1e9);
                }
            }
        }
    }

    private static List<String> answer(IndexSearcher searcher, String kind, List<String> words) throws IOException {
        var paths = new ArrayList<String>();
        for (ScoreDoc best : searcher.search(query(kind, words), 10).scoreDocs) {
            paths.add(searcher.storedFields().document(best.doc).get("path"));
        }
        return paths;
    }

    private static Query query(String kind, List<String> words) {
        if (!kind.equals("and") && !kind.equals("or")) {
            return phrase(words);
        }
        var all = new BooleanQuery.Builder();
        words.forEach(word -> all.add(phrase(List.of(word)), kind.equals("and") ? Occur.MUST : Occur.SHOULD));
        return all.build();
    }

    /** What asks for words next to each other. */
    private static Query phrase(List<String> words) {
        List<Term> terms = words.stream().flatMap(Lucene::terms).toList();
        return switch (terms.size()) {
            case 0 -> new MatchNoDocsQuery();
            case 1 -> new TermQuery(terms.get(0));
            default -> {
                var phrase = new PhraseQuery.Builder();
                terms.forEach(phrase::add);
                yield phrase.build();
            }
        };
    }

    private static Stream<Term> terms(String word) {
        var terms = new ArrayList<Term>();
        try (var words = STEMS.tokenStream("text", word)) {
            var form = words.addAttribute(CharTermAttribute.class);
            words.reset();
            while (words.incrementToken()) {
                terms.add(new Term("text", form.toString()));
            }
            words.end();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return terms.stream();
    }
}
