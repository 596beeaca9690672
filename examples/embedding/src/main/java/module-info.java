module com.example.embedding {
    requires org.altmin.core;
}
